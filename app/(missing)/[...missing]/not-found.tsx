export { default } from '../../(staff)/not-found.tsx'
