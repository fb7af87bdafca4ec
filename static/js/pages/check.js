// The device check, first page.
import "../site.js";
import * as call from "../device-check/call.js";
import * as connection from "../device-check/connection.js";
import { page } from "../device-check/page.js";
import * as popup from "../device-check/popup.js";

// What only this page may do: talk to our own server, call itself, open a window. The camera page loads none of it.
page({ connection, call }, {
  popup,
  fetch: (...request) => fetch(...request),
  timing: (url) => performance.getEntriesByName(new URL(url, location.href).href).pop() || {},
  noise: (size) => {
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size; at += 65536) crypto.getRandomValues(bytes.subarray(at, at + 65536));
    return bytes;
  },
});
