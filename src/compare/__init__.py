"""Comparable targets from the digital-economy plans of China's provinces."""
