import { shareImage } from '../../../share-image.tsx'

export const size = { width: 1200, height: 630 }
export const contentType = 'image/png'
export default shareImage('en')
