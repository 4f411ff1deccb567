"""The design system: templates, styles and charts."""
