use openssl::error::ErrorStack;

/// Empties this thread's OpenSSL error queue: some functions report "does not verify" by a return value and
/// leave an entry behind, which a later, unrelated call would then report as its own.
pub(crate) fn discard() {
    drop(ErrorStack::get());
}
