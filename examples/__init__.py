"""Examples to look at; `examples/demo` is made by `make_demo`."""
