import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { request as send } from 'node:http'
import { join } from 'node:path'
import { playwright } from '@vitest/browser-playwright'
import type { Plugin } from 'vite'
import type { TestProjectInlineConfiguration } from 'vitest/config'
import { chromiumArguments } from '#e2e/chromium.ts'
import { presentBrowser } from './browser.ts'
import { componentCommands } from './component-commands.ts'
import { browserAliases } from './module-aliases.ts'

const root = join(import.meta.dirname, '..')
const here = (path: string) => join(root, path)

/** Next's modules, for which thin ones stand: what they read of a request comes from the window. */
const nextAliases = {
  'next/navigation': 'app/testing/next/navigation.ts',
  'next/link': 'app/testing/next/link.tsx',
  'next/dynamic': 'app/testing/next/dynamic.tsx',
  'next/headers': 'app/testing/next/headers.ts',
  'next-intl/server': 'app/testing/next/intl-server.ts',
  '#server/trpc/caller.ts': 'app/testing/next/caller.ts',
}

const alias = Object.entries({ ...browserAliases, ...nextAliases }).map(([find, path]) => ({
  find: new RegExp(`^${find.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')}$`),
  replacement: here(path),
}))

/** Passes calls of procedures, endpoints and the bridge on to the desk without pages, which starts with the first. */
function deskBehind(): Plugin {
  let child: ChildProcess | undefined
  let port: Promise<number> | undefined
  const start = () =>
    new Promise<number>((settle, fail) => {
      const secret = randomBytes(32).toString('hex')
      child = fork(here('scripts/component-desk.ts'), {
        cwd: root,
        env: {
          ...process.env,
          AUTH_SECRET: secret,
          DEMO: '1',
          LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
          OUTBOUND_INTERNAL: '127.0.0.1',
        },
      })
      child.once('message', (told: { port: number }) => settle(told.port))
      child.once('exit', (code) => fail(new Error(`the desk behind the tests of components ended (${code})`)))
    })
  return {
    name: 'desk-behind-components',
    configureServer(server) {
      // In a whole run the city is seeded while other tests run.
      if (process.env.COMPONENTS_AHEAD) port = start()
      server.middlewares.use((request, response, next) => {
        if (!/^\/(api\/|bridge$|ban-tin\/chu\/)/.test(request.url ?? '')) return next()
        port ??= start()
        port.then((known) => {
          const { method, url: path, headers } = request
          const passed = send({ host: '127.0.0.1', port: known, method, path, headers }, (answer) => {
            response.writeHead(answer.statusCode ?? 502, answer.headers)
            answer.pipe(response)
          })
          passed.on('error', () => response.destroy())
          response.on('close', () => passed.destroy())
          request.pipe(passed)
        }, next)
      })
      server.httpServer?.once('close', () => child?.disconnect())
    },
  }
}

/** The code of maps that runs in a worker, which the build copies beside the other files of the desk. */
function mapWorker(): Plugin {
  return {
    name: 'map-worker',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const [, name] = /^\/(maplibre-gl-(?:worker|shared)\.mjs)$/.exec(request.url ?? '') ?? []
        if (!name) return next()
        response.setHeader('content-type', 'text/javascript')
        createReadStream(here(`node_modules/maplibre-gl/dist/${name}`)).pipe(response)
      })
    },
  }
}

/** Every test file loads all modules again: only tests keep source maps, which make a module three times as large. */
function withoutMaps(): Plugin {
  return {
    name: 'without-maps',
    enforce: 'post',
    transform: (code, id) => (id.includes('.browser.test.') ? null : { code, map: { mappings: '' } }),
  }
}

/** Serves the texts of a language as one module instead of one for each domain. */
function textsAtOnce(): Plugin {
  return {
    name: 'texts-at-once',
    load(id) {
      if (!/\/messages\/(vi|en)\/index\.ts$/.test(id)) return null
      const index = readFileSync(id, 'utf8')
      const named = [...index.matchAll(/default as (\w+) \} from '(.+?)'/g)]
      if (named.length !== index.trim().split('\n').length) throw new Error(`${id} names a domain in another way`)
      const texts = named.map(([, domain, path = '']) => {
        const text = JSON.stringify(JSON.parse(readFileSync(join(id, '..', path), 'utf8')))
        return `export const ${domain} = JSON.parse(${JSON.stringify(text)})`
      })
      return texts.join('\n')
    },
  }
}

/** Named ahead and only these: a package that is found late would reload the page below a running test. */
const dependencies = [
  '@emotion/cache',
  '@emotion/react',
  '@guidepup/virtual-screen-reader',
  '@mui/material/Autocomplete',
  '@mui/material/Button',
  '@mui/material/ButtonBase',
  '@mui/material/Checkbox',
  '@mui/material/Dialog',
  '@mui/material/DialogActions',
  '@mui/material/DialogContent',
  '@mui/material/DialogTitle',
  '@mui/material/Divider',
  '@mui/material/Drawer',
  '@mui/material/IconButton',
  '@mui/material/InputBase',
  '@mui/material/Menu',
  '@mui/material/MenuItem',
  '@mui/material/NativeSelect',
  '@mui/material/Popover',
  '@mui/material/Radio',
  '@mui/material/Switch',
  '@mui/material/Tab',
  '@mui/material/Tabs',
  '@mui/material/styles',
  '@mui/material/useAutocomplete',
  '@mui/x-date-pickers/AdapterDayjs',
  '@mui/x-date-pickers/DatePicker',
  '@mui/x-date-pickers/LocalizationProvider',
  '@mui/x-date-pickers/locales',
  '@simplewebauthn/browser',
  '@tanstack/react-query',
  '@tanstack/react-table',
  '@tanstack/react-virtual',
  '@tiptap/core',
  '@tiptap/extension-table',
  '@tiptap/extensions',
  '@tiptap/pm/model',
  '@tiptap/pm/state',
  '@tiptap/pm/view',
  '@tiptap/react',
  '@tiptap/starter-kit',
  '@trpc/client',
  '@trpc/server',
  '@trpc/server/observable',
  '@trpc/tanstack-react-query',
  'axe-core',
  'dayjs',
  'dayjs/locale/en-gb',
  'dayjs/locale/vi',
  'diff',
  'fuzzysort',
  'icu-minify/compile',
  'icu-minify/format',
  'lucide-react',
  'maplibre-gl',
  'modern-screenshot',
  'next-intl',
  'pmtiles',
  'react',
  'react-dom',
  'react-dom/client',
  'react/jsx-runtime',
  'read-vietnamese-number',
  'recharts',
  'use-intl/core',
  'use-intl/format-message/format-only',
  'zod',
  'zod/mini',
]

/** React as people get it, which is also quicker. */
const asInProduction = { 'process.env.NODE_ENV': '"production"' }

/** Screens and their parts in a real browser, without a page to load. */
export const componentTests: TestProjectInlineConfiguration = {
  root,
  plugins: [deskBehind(), mapWorker(), textsAtOnce(), withoutMaps()],
  // Styles are inserted as in production too: one sheet that grows, not an element for each rule.
  resolve: { alias, conditions: ['module', 'browser', 'production'] },
  oxc: { jsx: { runtime: 'automatic', development: false } },
  define: asInProduction,
  optimizeDeps: {
    include: dependencies,
    noDiscovery: true,
    rolldownOptions: { transform: { define: asInProduction } },
  },
  test: {
    name: 'components',
    include: ['{app,components}/**/*.browser.test.tsx'],
    testTimeout: 45_000,
    // After the others. Each window has its own cookies, and so its own account. One more than the processors that a
    // run has: in one of them a test waits.
    sequence: { groupOrder: 1 },
    maxWorkers: 3,
    // As for journeys: a machine that is busy may miss a time limit.
    retry: process.env.CI ? 1 : 0,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      commands: componentCommands,
      viewport: { width: 1440, height: 900 },
      provider: playwright({
        launchOptions: {
          executablePath: process.env.CHROMIUM_PATH ?? presentBrowser(),
          args: chromiumArguments,
        },
        contextOptions: { locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
}
