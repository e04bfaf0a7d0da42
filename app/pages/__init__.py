"""What the views of several pages share: loaders, comparisons, wording. A view is in `views/`."""
