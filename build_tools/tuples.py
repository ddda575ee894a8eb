"""A named tuple without its own constructor, which takes half of the time to make one: a district has tens of millions.

`make(CellRef, (table, block, row, column, scope))`; every field is given, in order.
"""

make = tuple.__new__
