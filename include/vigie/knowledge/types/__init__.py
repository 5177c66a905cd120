"""What a desk knows, as frozen values: a module a folder of `include/`; `whole` has all of it together."""
