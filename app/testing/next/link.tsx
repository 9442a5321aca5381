import type { ComponentProps, MouseEvent } from 'react'
import { appRouter } from '../place.ts'

type Props = Omit<ComponentProps<'a'>, 'href'> & {
  href: string
  prefetch?: boolean | null
  replace?: boolean
  scroll?: boolean
  onNavigate?: (event: { preventDefault(): void }) => void
}

/** Next's link in tests of components: a plain click stays in the desk, any other is the browser's. */
export default function Link({ href, prefetch, replace, scroll, onNavigate, onClick, ...rest }: Props) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    if (event.defaultPrevented || !isPlain || (rest.target && rest.target !== '_self') || 'download' in rest) return
    event.preventDefault()
    let isStopped = false
    onNavigate?.({
      preventDefault() {
        isStopped = true
      },
    })
    if (isStopped) return
    if (replace) appRouter.replace(href)
    else appRouter.push(href)
  }
  return <a href={href} onClick={follow} {...rest} />
}
