"""The protocols that pipeline and control need. Adapters implement them; app chooses among them."""
