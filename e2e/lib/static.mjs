// A tiny server of fixed pages: what the harness is tried against.
import http from 'node:http';

/** pages: path -> html, or { status, headers, body }. */
export async function serve(pages) {
  const server = http.createServer((request, response) => {
    const page = pages[new URL(request.url, 'http://localhost').pathname];
    const { status = 200, headers = {}, body = '' } =
      page === undefined ? { status: 404, body: 'not here' } : typeof page === 'string' ? { body: page } : page;
    response.writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' http://localhost:1; connect-src 'self'",
      ...headers,
    });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://localhost:${server.address().port}`,
    close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }),
  };
}
