# Every task of the project by one name. `make` alone lists them.
SHELL := /bin/sh
.DELETE_ON_ERROR:
.PHONY: help build demo unit unit-java21 test check bench jmh soak image image-lock update-list image-test image-soak clean

# Both find a JDK of 21 or later and set JAVA_HOME when a recipe runs, so that one that
# the set-up has just installed is found too.
JDK := src/build/with-jdk.sh
# Quiet, but for the compiler's warnings: they are errors, and -q alone would hide which.
MVN := $(JDK) mvn -B -ntp -q -Dorg.slf4j.simpleLogger.log.org.apache.maven.plugin.compiler=warn
# Quiet, but for the tests' own lines.
TEST := $(MVN) -Dorg.slf4j.simpleLogger.log.org.apache.maven.plugin.surefire=info \
  -Dorg.slf4j.simpleLogger.log.org.apache.maven.plugin.failsafe=info

# What the direct AEAD needs; its one home is the pom.
ADD_OPENS = $(shell sed -n 's|.*<test.addOpens>\(.*\)</test.addOpens>.*|\1|p' pom.xml)

JMH := -f 1 -wi 5 -w 1 -i 5 -r 1

BOARD := qemu-virt

# How many of the classes with namespaces, or with an emulated box, run at a time: FORKS=2 is a third
# faster on two cores with nothing else to do, since none knows of another's and most of them wait.
FORKS := 1

JAR := target/noren.jar
# Folders too: their time changes when a file goes away.
SOURCES := pom.xml src/build/archive.sh $(wildcard .mvn/*) $(shell find src/main 2>/dev/null)

help: ## this list
	@echo 'make TASK, where TASK is one of'
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 15

build: $(JAR) ## target/noren.jar, without tests; instant when nothing changed
	@:

demo: ## a shop in its street, and Noren in it (root; ROLE=beside|router; until Ctrl-C, DEMO_ONCE=1 ends it)
	@src/build/setup.sh demo
	@$(MAKE) --no-print-directory -s build target/test.classpath target/demo.compiled
	@if [ -t 1 ]; then DEMO_COLOR=1; else DEMO_COLOR=0; fi; export DEMO_COLOR; \
	  exec $(JDK) java --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -Xmx64m \
	  -cp "target/test-classes:target/classes:$$(cat target/test.classpath)" dev.noren.street.Demo

unit: ## the tests that need neither root nor a network
	@$(TEST) test

# Surefire starts the tests' JVM by the name that it is given, which chroots; Maven itself stays here.
unit-java21: ## the same tests on the Java 21 of a router, Debian trixie's (root; the first time it is unpacked)
	@src/build/setup.sh unit-java21
	@$(MAKE) -s target/test.classpath target/java21/made
	@rm -rf target/surefire-reports
	@$(TEST) test-compile surefire:test -Djvm=$(CURDIR)/target/java21/bin/java
	@src/build/ran-on-java21.sh

test: ## set-up, build, check, every test (root)
	@src/build/setup.sh test
	@src/build/check-scripts.sh
	@$(TEST) -Dtest.forks=$(FORKS) spotless:check verify

check: ## formatting, compiler warnings as errors, Error Prone, shellcheck
	@src/build/check-scripts.sh
	@$(MVN) spotless:check test-compile

bench: ## Noren next to wireguard-go, as ratios (root; about 8 minutes; ROUNDS, SECONDS, ONLY, PEERS change it)
	@src/build/setup.sh bench
	@$(MAKE) --no-print-directory -s build target/test.classpath
	@$(MVN) test-compile
	@$(JDK) java --enable-native-access=ALL-UNNAMED \
	  -cp "target/test-classes:target/classes:$$(cat target/test.classpath)" dev.noren.bench.Bench

# The normal build compiles the benchmarks as it does tests; here they are compiled once more, with
# the annotation processor that makes them run. A fork of JMH's takes the options of its parent.
jmh: target/test.classpath ## single steps of a packet's way: ns and bytes allocated (BENCH=pattern, JMH=options)
	@$(MVN) test-compile
	@rm -rf target/jmh && mkdir -p target/jmh
	@cp="target/test-classes:target/classes:$$(cat target/test.classpath)" && \
	  $(JDK) javac -nowarn -proc:full -d target/jmh -cp "$$cp" \
	    $$(find src/test/java -name '*Benchmark.java') && \
	  $(JDK) java --enable-native-access=ALL-UNNAMED $(ADD_OPENS) -XX:+UseSerialGC -Xmx256m \
	    -cp "target/jmh:$$cp" org.openjdk.jmh.Main -bm avgt -tu ns -prof gc \
	    -rf json -rff target/jmh.json $(JMH) '$(BENCH)'

soak: ## the long tests: those tagged soak, and namespaces with all offloads off (root)
	@src/build/setup.sh soak
	@$(TEST) -Dtest.groups=soak -Dtest.excludedGroups= verify
	@$(TEST) -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dstreet.ends=PLAIN-GO,GO-PLAIN,PLAIN-PLAIN verify

# The Java that makes the image's is the one that tests run on.
image: ## target/image/noren-VERSION-BOARD.img.zst to flash (root; BOARD=qemu-virt; IMAGE_FAST=yes at the desk)
	@src/build/setup.sh image
	@$(MAKE) --no-print-directory -s build target/java21/made target/runtime.list
	@src/build/image.sh $(BOARD)

image-lock: ## writes down the newest Debian packages for the image, in board/common/packages.lock
	@src/build/image/lock.sh board/common/packages.lock

update-list: ## the signed list of versions that boxes read (URL=https://… where the files will lie; FILES, UPDATE_KEY)
	@src/build/image/list.sh "$(URL)" $(or $(FILES),$(wildcard target/image/*.update))

# Debian's mirror keeps a version until there is a newer one: tests then take that.
IMAGE_FOR_TESTS = export IMAGE_FAST=$${IMAGE_FAST-yes}; image="$(MAKE) --no-print-directory -s image BOARD=qemu-virt"; \
  $$image || { echo "Once more, with the newest packages instead of the locked ones."; IMAGE_NEWEST=yes $$image; }

image-test: ## boots the image in QEMU: tunnels, power cuts, lights, updates (root; a quarter of an hour)
	@src/build/setup.sh image-test
	@$(IMAGE_FOR_TESTS)
	@$(TEST) -Dtest.groups=image -Dtest.excludedGroups=soak -Dtest.forks=$(FORKS) test-compile \
	  failsafe:integration-test failsafe:verify

image-soak: ## the same at length: 200 power cuts, all broken versions, two builds alike (root; some hours)
	@src/build/setup.sh image-test
	@$(IMAGE_FOR_TESTS)
	@$(TEST) -Dtest.groups=image -Dtest.excludedGroups= -Dtest.forks=$(FORKS) -Dimage.cuts=200 -Dimage.starts=5 \
	  test-compile failsafe:integration-test failsafe:verify
	@export IMAGE_FAST=$${IMAGE_FAST-yes}; src/build/image/alike.sh

clean: ## removes target/
	@rm -rf target

$(JAR): $(SOURCES)
	@$(MVN) -Dmaven.test.skip package

target/java21/made: src/build/java21-root.sh
	@src/build/java21-root.sh
	@touch $@

target/demo.compiled: $(JAR) $(shell find src/test/java 2>/dev/null)
	@$(MVN) test-compile
	@touch $@

target/runtime.list: pom.xml
	@$(MVN) dependency:list -DincludeScope=runtime -DoutputFile=$@

target/test.classpath: pom.xml
	@$(MVN) dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=$@
