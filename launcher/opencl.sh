# Sees to an OpenCL driver: the system's where there is one, else PoCL for this user alone, in the cache folder.
# Sourced by dlvc; uses say and root, the project's folder.

# Sets cache to the folder for what can be made again; the runtime looks in the same places.
find_cache() {
  cache=${DLV_CACHE:-${XDG_CACHE_HOME:+$XDG_CACHE_HOME/dlv}}
  cache=${cache:-${HOME:-/nonexistent}/.cache/dlv}
  if mkdir -p "$cache/kernels" 2>/dev/null && [ -w "$cache" ] && [ -w "$cache/kernels" ]; then
    return
  fi
  # No home, or one that cannot be written: a private folder takes its place.
  cache=${TMPDIR:-/tmp}/dlv-$(id -u)
  mkdir -m 700 "$cache" 2>/dev/null
  if [ -h "$cache" ] || ! [ -O "$cache" ] || ! mkdir -p "$cache/kernels"; then
    say "there is no folder for caches; set DLV_CACHE to a folder of your own"
    exit 1
  fi
  export DLV_CACHE="$cache"
}

# Whether the dynamic linker finds a library by this name or path.
library_exists() {
  case $1 in
    /*) [ -e "$1" ]; return ;;
  esac
  old_ifs=$IFS
  IFS=:
  for folder in ${LD_LIBRARY_PATH:-}; do
    if [ -n "$folder" ] && [ -e "$folder/$1" ]; then
      IFS=$old_ifs
      return 0
    fi
  done
  IFS=$old_ifs
  for folder in /lib /usr/lib /lib64 /usr/lib64 /usr/local/lib /lib/*-linux-gnu /usr/lib/*-linux-gnu; do
    [ ! -e "$folder/$1" ] || return 0
  done
  PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null | awk '{print $1}' | grep -qxF "$1"
}

# Whether the system has an OpenCL loader and a driver that is there.
system_has_opencl() {
  library_exists libOpenCL.so.1 || library_exists libOpenCL.so || return 1
  vendors=${OCL_ICD_VENDORS:-/etc/OpenCL/vendors}
  if [ -d "$vendors" ]; then
    for icd in "$vendors"/*.icd; do
      [ -f "$icd" ] && library_exists "$(head -n 1 "$icd")" && return 0
    done
    return 1
  fi
  case $vendors in
    *.icd) [ -f "$vendors" ] && library_exists "$(head -n 1 "$vendors")" ;;
    *) library_exists "$vendors" ;;
  esac
}

# What to install where the launcher cannot.
name_packages() {
  (
    ID=
    ID_LIKE=
    [ ! -r /etc/os-release ] || . /etc/os-release
    case "$ID $ID_LIKE" in
      *debian* | *ubuntu*) echo "apt install pocl-opencl-icd binutils" ;;
      *fedora* | *rhel*) echo "dnf install pocl ocl-icd binutils" ;;
      *arch*) echo "pacman -S pocl ocl-icd binutils" ;;
      *suse*) echo "zypper install pocl ocl-icd binutils" ;;
      *alpine*) echo "apk add pocl opencl-icd-loader binutils" ;;
      *) echo "the packages of PoCL, an OpenCL ICD loader and binutils" ;;
    esac
  )
}

# An apt tool with lists and archives of its own, so that it needs no rights and touches nothing of the system's.
private() {
  tool=$1
  shift
  "$tool" -o Dir::State::Lists="$work/lists" -o Dir::Cache="$work/cache" -o Debug::NoLocking=1 -o quiet::NoUpdate=1 \
    -o APT::Sandbox::User= -o APT::Update::Post-Invoke::= -o APT::Update::Post-Invoke-Success::= "$@"
}

# The packages on which a package depends, those with a name like the pattern.
depends() {
  private apt-cache depends "$1" | sed -n "s/^ *Depends: \($2\)\$/\1/p"
}

# Downloads PoCL and what it lacks here, and unpacks it to $own; a log is left beside it.
set_up_pocl() {
  own=$1
  work=$own.part
  rm -rf "$work"
  mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/root" || return 1
  chmod 700 "$work"
  private apt-get -qq update || return 1
  # PoCL's own packages are fetched by name, because they depend on all of clang, of which the library suffices.
  pocl=$(depends pocl-opencl-icd 'libpocl.*') || return 1
  pocl="$pocl $(depends "$pocl" 'libpocl.*')"
  libraries=$(for package in $pocl; do depends "$package" 'lib.*'; done | grep -v '^libpocl' | sort -u)
  command -v ld >/dev/null || libraries="$libraries binutils"
  # Of the others only what this system lacks; signatures and checksums are apt's matter.
  (cd "$work/cache/archives" && private apt-get -qq download pocl-opencl-icd $pocl ocl-icd-libopencl1) || return 1
  private apt-get -qq -y --no-install-recommends --download-only install $libraries || return 1
  for package in "$work"/cache/archives/*.deb; do
    [ -f "$package" ] || return 1
    dpkg-deb -x "$package" "$work/root" || return 1
  done
  rm -rf "$work/lists" "$work/cache"
  rm -rf "$work/root/usr/share/doc" "$work/root/usr/share/man" "$work/root/usr/share/locale"
  link_libraries "$work/root/usr/lib/link"
  register_gpus "$work/root/etc/OpenCL/vendors"
  missing=$(own_environment "$work/root"; find "$work/root" -name 'libpocl*.so*' -exec ldd {} + 2>/dev/null |
    sed -n 's/^[[:space:]]*\(.*\) => not found/\1/p' | sort -u | tr '\n' ' ')
  if [ -n "$missing" ]; then
    echo "libraries that PoCL needs are missing: $missing"
    return 1
  fi
  rm -rf "$own"
  mv "$work" "$own"
}

# PoCL links each kernel with libm, libc and libgcc, whose files for linking come with a C compiler. The files for
# running, which every system has, do as well; kernels need nothing of libgcc.
link_libraries() {
  mkdir -p "$1"
  for name in libm.so.6 libc.so.6 libgcc_s.so.1; do
    for folder in /lib/*-linux-gnu /usr/lib/*-linux-gnu /lib64 /usr/lib64; do
      if [ -e "$folder/$name" ]; then
        ln -sf "$folder/$name" "$1/${name%.so.*}.so"
        break
      fi
    done
  done
  printf '!<arch>\n' >"$1/libgcc.a"
}

# A GPU driver may be installed without being registered; then it is registered in this folder.
register_gpus() {
  if library_exists libnvidia-opencl.so.1; then
    echo libnvidia-opencl.so.1 >"$1/nvidia.icd"
  fi
}

# The same beside the system's drivers, in a folder of our own that lists them, too.
register_unregistered() {
  [ -z "${OCL_ICD_VENDORS:-}" ] && library_exists libnvidia-opencl.so.1 || return 0
  ! grep -qs nvidia /etc/OpenCL/vendors/*.icd || return 0
  rm -rf "$cache/vendors"
  mkdir -p "$cache/vendors" || return 0
  cp /etc/OpenCL/vendors/*.icd "$cache/vendors" 2>/dev/null
  register_gpus "$cache/vendors"
  export OCL_ICD_VENDORS="$cache/vendors"
}

# Points the dynamic linker, the OpenCL loader and PoCL to an unpacked tree.
own_environment() {
  libraries=
  for folder in "$1"/usr/lib/*-linux-gnu "$1"/usr/lib/*-linux-gnu/pocl "$1"/lib/*-linux-gnu; do
    [ ! -d "$folder" ] || libraries=$libraries${libraries:+:}$folder
  done
  export LD_LIBRARY_PATH="$libraries${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
  export OCL_ICD_VENDORS="$1/etc/OpenCL/vendors"
  export LIBRARY_PATH="${LIBRARY_PATH:+$LIBRARY_PATH:}$1/usr/lib/link"
  command -v ld >/dev/null || export PATH="$PATH:$1/usr/bin"
}

# Uses the system's driver or PoCL of our own, which is set up on first need.
see_to_opencl() {
  find_cache
  own=$cache/pocl
  # PoCL keeps compiled kernels below the home folder otherwise, and offers no device where it cannot.
  export POCL_CACHE_DIR="${POCL_CACHE_DIR:-$cache/kernels}"
  [ "${DLV_OPENCL:-auto}" != auto ] || register_unregistered
  if [ "${DLV_OPENCL:-auto}" != own ] && system_has_opencl; then
    rm -f "$root/target/pocl"
    return
  fi
  [ "${DLV_OPENCL:-auto}" != system ] || return 0
  if [ ! -d "$own/root" ]; then
    if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
      say "no OpenCL driver was found; install one: $(name_packages)"
      return
    fi
    say "no OpenCL driver was found; setting up PoCL for this user in $own (about 70 MB to fetch)"
    (
      flock 8 2>/dev/null
      [ -d "$own/root" ] || set_up_pocl "$own" || { rm -rf "$own.part"; exit 1; }
    ) 8>"$own.lock" >"$own.log" 2>&1 || {
      say "PoCL could not be set up ($(grep -v '^$' "$own.log" | tail -n 1)); install it: $(name_packages)"
      return
    }
  fi
  # The build's tests use it, too, while this link is there.
  [ -d "$root/target/pocl" ] || ln -sfn "$own/root" "$root/target/pocl" 2>/dev/null
  own_environment "$own/root"
}
