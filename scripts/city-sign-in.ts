import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { anyFreePort } from './desk-server.ts'

/** `environment`: the variables with which the desk finds it. */
export type CitySignIn = { environment: Record<string, string>; close(): Promise<void> }

const clientId = 'desk'
const clientSecret = 'only-for-journeys'
const name = 'Cổng thành phố'

/**
 * A minimal OpenID Connect provider as the city's own sign-in, for the journeys: it accepts any username. It requires
 * code, PKCE and nonce as a real one does.
 */
export async function startCitySignIn(): Promise<CitySignIn> {
  const port = await anyFreePort()
  const issuer = `http://localhost:${port}`
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = { ...publicKey.export({ format: 'jwk' }), kid: 'journeys', alg: 'RS256', use: 'sig' }
  const given = new Map<string, URLSearchParams>()

  const idToken = (asked: URLSearchParams): string => {
    const at = Math.floor(Date.now() / 1000)
    const username = asked.get('username') ?? ''
    const ways = (asked.get('ways') ?? '').split(' ').filter(Boolean)
    const claims = {
      iss: issuer,
      aud: clientId,
      iat: at,
      exp: at + 300,
      sub: `city:${username}`,
      nonce: asked.get('nonce'),
    }
    const body = [
      { alg: 'RS256', kid: key.kid, typ: 'JWT' },
      { ...claims, preferred_username: username, ...(ways.length > 0 && { amr: ways }) },
    ].map(encoded)
    return [...body, sign('sha256', Buffer.from(body.join('.')), privateKey).toString('base64url')].join('.')
  }
  const tokens = async (request: IncomingMessage, response: ServerResponse) => {
    const typed = new URLSearchParams(await bodyOf(request))
    const asked = given.get(typed.get('code') ?? '')
    given.delete(typed.get('code') ?? '')
    const proof = createHash('sha256')
      .update(typed.get('code_verifier') ?? '')
      .digest('base64url')
    if (!asked || asked.get('code_challenge') !== proof) return json(response, { error: 'invalid_grant' }, 400)
    json(response, { access_token: randomBytes(16).toString('hex'), token_type: 'Bearer', id_token: idToken(asked) })
  }

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', issuer)
    switch (pathname) {
      case '/.well-known/openid-configuration':
        return json(response, discovery(issuer))
      case '/keys':
        return json(response, { keys: [key] })
      case '/authorize':
        return page(response, searchParams)
      case '/vouch': {
        const code = randomBytes(16).toString('hex')
        given.set(code, searchParams)
        const back = new URL(searchParams.get('redirect_uri') ?? issuer)
        back.search = String(new URLSearchParams({ code, state: searchParams.get('state') ?? '' }))
        return response.writeHead(302, { location: back.href }).end()
      }
      case '/token':
        return void tokens(request, response)
      default:
        return response.writeHead(404).end()
    }
  })
  await new Promise<void>((listening) => server.listen(port, listening))
  return {
    environment: { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: name },
    close: () => new Promise((closed) => server.close(() => closed()).closeAllConnections()),
  }
}

const discovery = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/keys`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
})

/** A form for the username that passes on the parameters of the desk. */
function page(response: ServerResponse, asked: URLSearchParams): void {
  const hidden = [...asked].map(
    ([field, value]) => `<input type="hidden" name="${escaped(field)}" value="${escaped(value)}">`,
  )
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
  response.end(`<!doctype html><html lang="vi"><title>${name}</title><form action="/vouch">${hidden.join('')}
    <label>Tài khoản công vụ <input name="username" autofocus></label>
    <label>Cách đăng nhập <input name="ways"></label><button>Tiếp tục</button></form>`)
}

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;')
const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')

function json(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}
