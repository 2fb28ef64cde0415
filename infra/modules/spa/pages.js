// A path without an extension is a page of the app; a missing file stays 404. The base is where the app lives.
var BASE = '${base}';

function handler(event) {
  var request = event.request;
  var uri = request.uri;
  if (!uri.startsWith(BASE)) {
    return { statusCode: 302, statusDescription: 'Found', headers: { location: { value: BASE } } };
  }
  if (uri.substring(uri.lastIndexOf('/') + 1).indexOf('.') === -1) {
    request.uri = BASE + 'index.html';
  }
  return request;
}
