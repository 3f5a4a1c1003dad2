# Which slot starts: u-boot's own shell, made into boot.scr on the boot partition. It is the same for
# all boards; what differs is in noren.env beside it.
#
# What is known of the slots is in two blocks of 512 bytes behind the partition table, at 1 MiB and at
# 3 MiB, each with a check sum (CRC-32, as env import -c has it) and written one after the other, so
# one of them is whole whenever the power goes. usr/lib/noren/slots.sh writes the same:
#
#   good   a or b: the slot that has proved itself
#   try    a or b: the slot to try; or nothing
#   left   how often it is still to be tried
#   ready  the version in the other slot, when it is whole
#   back   the version that was tried in vain
#
# A slot that is tried is counted before it starts, so whatever it does, the next start is the good
# one's. A slot whose kernel is not whole (each piece has its sha256) is passed over at once:
# so is one that is being written, whose kernel gets its first block last.
#
# In a slot: 128 MiB for the root file system, then a FIT with kernel, initramfs and device trees.
setenv good a
setenv try
setenv left 0
setenv ready
setenv back
setenv fit 0x50000000
setenv rounds 150
load ${devtype} ${devnum}:${distro_bootpart} ${scriptaddr} noren.env && env import -t -r ${scriptaddr} ${filesize} board args fit rounds
setexpr state ${fit} - 0x1000
if ${devtype} read ${state} 0x800 1 && env import -c ${state} 0x200 good try left ready back; then
  true
else
  ${devtype} read ${state} 0x1800 1 && env import -c ${state} 0x200 good try left ready back
fi

setenv slots a b
if test "${good}" = b; then setenv slots b a; fi
setenv trial
if test -n "${try}" && test "${left}" -gt 0; then
  setexpr left ${left} - 1
  env export -c -s 0x200 ${state} good try left ready back
  if ${devtype} write ${state} 0x800 1 && ${devtype} write ${state} 0x1800 1; then
    setenv slots ${try} ${slots}
    setenv trial ${try}
  fi
fi

for slot in ${slots}; do
  setenv part 2
  if test ${slot} = b; then setenv part 3; fi
  part uuid ${devtype} ${devnum}:${part} uuid
  part start ${devtype} ${devnum} ${part} first
  setexpr first ${first} + 0x40000
  setenv bootargs "${args} root=PARTUUID=${uuid} noren.board=${board} noren.slot=${slot} panic=10 oops=panic softlockup_panic=1 quiet"
  if test "${slot}" = "${trial}"; then
    setenv bootargs "${bootargs} noren.trial=${rounds}"
    setenv trial
  fi
  if ${devtype} read ${fit} 0x${first} 0x10000 && fdt addr ${fit}; then
    fdt set /images/kernel load "<${kernel_addr_r}>"
    fdt set /images/kernel entry "<${kernel_addr_r}>"
    # The board's own device tree of the slot; or the one that the firmware has given.
    if test -n "${fdtfile}"; then
      setenv tree ${fdtfile}
      setexpr tree sub "^.*/" "" ${tree}
      setexpr tree sub "[.]dtb\$" "" ${tree}
      bootm ${fit}#${tree}
    fi
    bootm ${fit}#bare ${fit}#bare ${fdt_addr}
  fi
  echo "noren: slot ${slot} does not start."
done
sleep 10
reset
