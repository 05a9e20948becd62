"""The application: command line, configuration, wiring, the demo newsroom. The only room that knows all others."""
