/** Runs at CloudFront before each call of the API through the app's own address: the API knows nothing of the prefix. */
function handler(event) {
  const request = event.request;
  request.uri = request.uri.slice('/api'.length);
  return request;
}
