"""Arithmetic on syntax trees: exact values, normal forms, proved error bounds, SymPy last."""
