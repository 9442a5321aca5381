import type { Thing, Things } from '#server/platform/rules/filters/things.ts'

/** What an account may choose from, as the server returns it. */
export type FilterChoices = {
  agencies: readonly { id: string; name: string; shortName: string }[]
  areas: readonly { id: number; name: string; shortName: string }[]
  categories: readonly {
    code: string
    name: string
    nameEn: string
    groupCode: string
    groupName: string
    groupNameEn: string
  }[]
  incidents: readonly { id: string; name: string; nameEn: string }[]
  colleagues?: readonly { id: string; name: string }[]
}

/** The names behind the ids of filters, for the form, the chips and the search box. */
export function thingsOf({ agencies, areas, categories, incidents, colleagues = [] }: FilterChoices): Things {
  return {
    agencies: agencies.map(({ id, name, shortName }) => ({ id, name, shortName })),
    areas: areas.map(({ id, name, shortName }) => ({ id, name: shortName, also: name })),
    categories: categoryThings(categories),
    incidents: incidents.map(({ id, name, nameEn }) => ({ id, name, nameEn })),
    colleagues: colleagues.map(({ id, name }) => ({ id, name })),
  }
}

/** Groups come before their leaves: choosing a group means everything below it. */
function categoryThings(categories: FilterChoices['categories']): Thing[] {
  return [...Map.groupBy(categories, ({ groupCode }) => groupCode)].flatMap(([groupCode, leaves]) =>
    leaves.flatMap(({ code, name, nameEn, groupName, groupNameEn }, at) => {
      const heading = { group: groupName, groupEn: groupNameEn }
      const group = { id: groupCode, name: groupName, nameEn: groupNameEn, note: groupCode, ...heading }
      const leaf = { id: code, name, nameEn, note: code, under: groupCode, ...heading }
      return at === 0 ? [group, leaf] : [leaf]
    }),
  )
}
