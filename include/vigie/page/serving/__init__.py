"""Who asks, what they may do, and how they are answered."""
