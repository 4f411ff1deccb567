"""The index: how a service becomes words and numbers, and how these are asked."""
