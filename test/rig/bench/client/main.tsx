/** Starts the bench page: connects to the rig and draws whatever it says. */
import { render } from 'preact'
import { connect } from './connection.ts'
import { Page } from './page.tsx'

const root = document.getElementById('page')
if (root) render(<Page bench={connect(window.location)} />, root)
