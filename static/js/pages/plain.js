// A page that needs nothing of its own.
import "../left.js";
import "../site.js";
