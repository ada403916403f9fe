# `make` alone lists what there is. Any Node from 20 installs; everything then runs on the pinned one in node_modules.
.DEFAULT_GOAL := help
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

node_modules/.installed: package.json package-lock.json
	npm ci --no-fund --no-audit
	@touch $@

deps: node_modules/.installed

build: deps ## the pages of the screens and of the bench
	npm run build

run: build ## terminal, simulated devices and acquirer; prints where to look
	scripts/suretill-rig demo

test: build ## everything that proves it
	npm test

diagrams: deps ## the states and refusals of the core, drawn from the code
	node scripts/diagrams.ts

pictures: build ## the pictures of the documentation, taken from the running product
	node scripts/pictures.ts

check: deps ## types, lint, format, room rules and their canary, dead code
	npm run check

package: deps ## the codecs as a package for others, as build/*.tgz
	node scripts/build-package/main.ts --build --pack --into build

bench: deps ## our ISO 8583 codec beside the published ones, after asserting equal results
	npm run --silent bench

bench-journal: deps ## the journal beside append, fdatasync and a TLS echo; journals of a hundred to a million events
	node scripts/bench-journal.ts

voices: deps ## the spoken clips of the screens, by espeak-ng and opusenc; only after a change of config/locales/voice.*.json
	node scripts/voices/main.ts

gallery: deps ## every state of the screens and every kind of slip as pictures, in docs/gallery
	node scripts/gallery.ts

SEEDS ?= 1..2000
sim: deps ## the whole system on virtual time, with faults: make sim SEEDS=1..2000
	scripts/suretill-rig simulate --seeds $(SEEDS)

rig: build ## every scenario of test/scenarios on simulated devices and host, verdicts in build/rig.xml too
	scripts/suretill-rig run --quiet --junit build/rig.xml test/scenarios/*.yaml

SALES ?= 2000
leaks: build ## one terminal serves two thousand customers; handles, timers and memory afterwards: make leaks SALES=2000
	scripts/suretill-rig leaks --sales $(SALES)

ONLY ?=
SHORT ?=
rig-vm: build ## the terminal on a real kernel in QEMU: kernel-visible devices, cables pulled, power cut (needs qemu-system-x86); SHORT=1
	node scripts/rig-vm/main.ts --only "$(ONLY)" $(if $(SHORT),--short)

PREFIX ?= /usr/local
install: build ## the terminal as a service of this machine (PREFIX=/usr/local, DESTDIR= for packagers)
	node scripts/install/main.ts install --destdir "$(DESTDIR)" --prefix "$(PREFIX)"

uninstall: deps ## take away what `make install` put in place; configuration and data stay
	node scripts/install/main.ts uninstall --destdir "$(DESTDIR)" --prefix "$(PREFIX)"

KEY ?=
PROCESSORS ?=
bundle: build ## the release as one signed file: make bundle KEY=release.key PROCESSORS=x64,arm64
	node scripts/bundle/main.ts --key "$(KEY)" $(if $(PROCESSORS),--processors $(PROCESSORS))

bundle-proof: bundle ## as root: from the bundle to a sale on a clean Debian root, timed; wants mmdebstrap
	unshare --mount node scripts/bundle-proof.ts

bench-start: bundle ## the release's start until it can sell and its idle memory, beside an empty Node and with a million events
	node scripts/bench-start.ts

rauc-bundle: bundle ## as root: an image for RAUC, verified (IMAGE=, CERT= CERT_KEY= CA=); wants rauc, squashfs-tools, mmdebstrap
	node scripts/rauc-bundle.ts --image "$(IMAGE)" --cert "$(CERT)" --key "$(CERT_KEY)" --ca "$(CA)"

STEP ?=
crash: build ## the journal against every power cut and failing disk call; STEP=1 kills and breaks whole shops at every call too, PART=cuts days backups or shops
	node scripts/crash.ts "$(STEP)" "$(PART)"

ORDERS ?= 100000
mistakes: deps ## simulated cashiers make mistakes, compared with plainer terminals; writes docs/mistakes.md
	scripts/suretill-rig mistakes --orders $(ORDERS) --into docs/mistakes.md

doctors-cases: deps ## twelve broken terminals and what the doctor says of each; writes docs/doctor.md
	node scripts/doctors-cases.ts --write

INPUTS ?= 1000000
planted: deps ## money bugs planted one by one, and what notices each; writes docs/planted.md
	node scripts/planted.ts

HANGUPS ?= 1000
hang-ups: deps ## serial lines that hang up with data pending: all noticed, no spin, memory flat
	node test/drivers/transport/hang-ups.ts $(HANGUPS)

MUTATE ?= src/core/money.ts
TESTS ?= ^test/core/
mutation: deps ## a test must notice every small change of a pure room: make mutation MUTATE=src/core/batch TESTS=^test/core/
	node scripts/mutation/main.ts $(MUTATE) --tests '$(TESTS)'

fuzz: deps ## hostile inputs at everything that reads what strangers send: make fuzz INPUTS=1000000
	node scripts/fuzz.ts $(INPUTS)

.PHONY: leaks bench-start rauc-bundle bundle-proof doctors-cases bundle gallery diagrams pictures help deps install uninstall build run test check sim rig crash package bench bench-journal fuzz mistakes planted hang-ups mutation
