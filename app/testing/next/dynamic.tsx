import { type ComponentType, lazy, type ReactNode, Suspense } from 'react'

type Loaded<Props> = ComponentType<Props> | { default: ComponentType<Props> }
type Options = { ssr?: boolean; loading?: () => ReactNode }

/** Next's `dynamic` in tests of components: code that is fetched when it is first shown. */
export default function dynamic<Props extends object>(load: () => Promise<Loaded<Props>>, { loading }: Options = {}) {
  const Lazy = lazy(async () => {
    const loaded = await load()
    return 'default' in loaded ? loaded : { default: loaded }
  }) as unknown as ComponentType<Props>
  return (props: Props) => (
    <Suspense fallback={loading?.() ?? null}>
      <Lazy {...props} />
    </Suspense>
  )
}
