"""Paper: document model, layout, fonts, PDF."""
