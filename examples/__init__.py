"""Examples to look at and to test with, none of them real.

`examples/demo` is a district made by `make_demo`.
"""
