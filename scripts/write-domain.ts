import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { domainPage, withTables } from './domain-page.ts'
import { root } from './run.ts'

const target = join(root, domainPage)
writeFileSync(target, withTables(readFileSync(target, 'utf8')))
