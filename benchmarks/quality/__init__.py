"""Quality: how well questions are understood and answered, measured part by part. `python -m benchmarks.quality`."""
