// A page that needs nothing of its own.
import "../site.js";
