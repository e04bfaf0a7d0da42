"""Between a request and its view, and between the answer and the browser that keeps it."""
