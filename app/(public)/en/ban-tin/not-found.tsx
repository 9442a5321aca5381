import { NoBulletin } from '#components/bulletins/public/NoBulletin.tsx'

export default function NotFound() {
  return <NoBulletin locale="en" what="missing" />
}
