"""The worker's parts: what is done beside the requests, each on its own. `worker.py` runs them."""
