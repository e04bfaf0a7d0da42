import sys

from app import create_app, tools
from config import Config, ConfigError

try:
    app = create_app(Config.from_environment())
except ConfigError:
    if "content" not in sys.argv:  # `flask content check` needs no settings and no database
        raise
    app = tools()
