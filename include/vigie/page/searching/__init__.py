"""A search as an address has it: read, narrowed by facets, given as a feed."""
