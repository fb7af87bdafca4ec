// The saved copy.
import "../left.js";
import "../site.js";
import "../offline/keep.js";
