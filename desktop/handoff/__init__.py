"""Packages that travel on a USB stick."""
