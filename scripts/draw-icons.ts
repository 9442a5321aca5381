import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { drawIcons, iconFolder } from './icons.ts'

for (const [name, png] of await drawIcons()) writeFileSync(join(iconFolder, name), png)
