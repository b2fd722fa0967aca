/**
 * Runs at CloudFront before each request for the app. Its pages have addresses of their own and one file: whatever does not look like a file
 * is the app itself, so that a link into it opens. JavaScript, because CloudFront reads it as it stands.
 */
function handler(event) {
  const request = event.request;
  const uri = request.uri;
  if (uri === '/' || uri === '/app') {
    return { statusCode: 302, statusDescription: 'Found', headers: { location: { value: '/app/' } } };
  }
  const last = uri.slice(uri.lastIndexOf('/') + 1);
  if (uri.startsWith('/app/') && !last.includes('.')) request.uri = '/app/index.html';
  return request;
}
