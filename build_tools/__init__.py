"""明账 Mingzhang: a small compiler for public accounts.

Departments write their budgets, final accounts and performance as YAML; this package proves that the figures agree
and builds the public site. Import order and the reason for every module: docs/architecture.md.
"""
