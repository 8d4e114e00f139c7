# Thin on purpose: every target is a script in tools/, which can also be run by itself.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo test build lint bench proof clean

help: ## this list
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## build Noste and serve a synthetic county at http://localhost:8080
	@tools/demo.sh

test: ## set up and run every test, with the time of each stage (STAGES="unit lint" picks some)
	@tools/test.sh

build: ## the release program, target/release/noste
	@tools/build.sh

lint: ## formatting, clippy, licences and sources of dependencies, rules of the tree
	@tools/lint.sh

bench: ## speed beside bare axum and the bare engines, on both engines, as a table
	@tools/bench.sh

proof: ## the long versions of the tests; results go to target/proof/
	@tools/proof.sh

clean: ## remove what was built and fetched (never data/)
	@tools/clean.sh
