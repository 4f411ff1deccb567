"""What every JSON address shares: errors in one shape, the OpenAPI description."""
