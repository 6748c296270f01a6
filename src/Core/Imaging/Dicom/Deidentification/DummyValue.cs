namespace RadiogenomicsCloud.Imaging.Dicom.Deidentification;

/// <summary>Which values are plainly no patient's: what tools write in place of the real ones.</summary>
internal static class DummyValue
{
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "ANON", "ANONYM", "ANONYMIZED", "ANONYMISED", "ANONYMOUS", "REMOVED", "DEIDENTIFIED", "DE", "IDENTIFIED", "UNKNOWN", "NONE", "NO", "NA", "N", "A",
        "NOT", "AVAILABLE", "NAME", "PATIENT", "SUBJECT", "CASE", "TEST", "PHANTOM", "DUMMY", "PSEUDONYM", "SYNTHETIC", "DEMO", "RESEARCH",
        "BLANK", "EMPTY", "NULL", "HIDDEN", "MASKED", "CONFIDENTIAL", "VALUE",
    };

    private const int LongestPrefix = 4;

    private static readonly char[] BetweenNames = [' ', '^', '=', ',', ';'];

    private static readonly char[] Separators = [' ', '^', '=', ',', ';', '.', '_', '-', '/', '|', '(', ')', '[', ']', '<', '>', '*', '#', '\t'];

    /// <summary>Whether a text is empty, made of one repeated letter, or made of words that say that something was taken out.</summary>
    public static bool IsText(string value) => Tokens(value).All(IsWord);

    /// <summary>
    /// Whether a name is a pseudonym: it is the case's id, or the file's patient id if that has a digit, or each of its parts has a digit, is
    /// part of one of those, or is a dummy. Names of people have no digits. A numbered code (<c>STD_032</c>: one word with a digit, whose other
    /// parts are of at most four letters) is one as well.
    /// </summary>
    public static bool IsName(string value, string caseId, string? patientId)
    {
        var pseudonyms = patientId is not null && patientId.Any(char.IsAsciiDigit) ? new[] { caseId, patientId } : [caseId];
        if (pseudonyms.Any(p => IsSame(value, p)))
            return true;
        var known = pseudonyms.SelectMany(Tokens).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var isCode = value.Any(char.IsDigit) && value.IndexOfAny(BetweenNames) < 0;
        return Tokens(value).All(token => (isCode && token.Length <= LongestPrefix) || token.Any(char.IsDigit) || IsWord(token) || known.Contains(token));
    }

    /// <summary>Whether two ids are the same but for case and separators.</summary>
    public static bool IsSame(string a, string b) => Bare(a).Equals(Bare(b), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a DA or DT value is the placeholder that tools write: the first of a year up to 1901.</summary>
    public static bool IsDate(string value) =>
        value.Length >= 8 && int.TryParse(value.AsSpan(0, 4), out var year) && year <= 1901 && value.AsSpan(4, 4) is "0101" or "0000"
        || Tokens(value).All(t => t.All(c => c == '0'));

    private static bool IsWord(string token) => Words.Contains(token) || token.All(c => c == token[0]);

    private static string[] Tokens(string value) => value.Split(Separators, StringSplitOptions.RemoveEmptyEntries);

    private static string Bare(string value) => string.Concat(value.Where(char.IsLetterOrDigit));
}
