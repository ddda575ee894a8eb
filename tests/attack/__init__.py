"""Whatever a department may push, made from a seed: what is spoilt, what must hold all the same, and how often it is
tried.
"""
