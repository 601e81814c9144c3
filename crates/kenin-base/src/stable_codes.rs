/// Gives a type with an outcome per variant its stable codes: the method `code` and the list `CODES` of everything it can
/// return, written once, so that neither can lack what the other has. What another type names stands after a `;`.
///
/// ```
/// enum Colour {
///     Red,
///     Blue,
/// }
/// impl Colour {
///     kenin_base::stable_codes! {
///         Self::Red => "red",
///         Self::Blue => "blue",
///     }
/// }
/// assert_eq!(Colour::Red.code(), Colour::CODES[0]);
/// assert_eq!(Colour::Blue.code(), Colour::CODES[1]);
/// ```
#[macro_export]
macro_rules! stable_codes {
    ($( $variant:pat => $code:literal, )* $(; $other:pat => $delegate:expr,)?) => {
        /// Every code of its own, in the order of the source.
        pub const CODES: &'static [&'static str] = &[ $( $code, )* ];

        /// The stable kebab-case code.
        pub fn code(&self) -> &'static str {
            match self {
                $( $variant => $code, )*
                $( $other => $delegate, )?
            }
        }
    };
}
