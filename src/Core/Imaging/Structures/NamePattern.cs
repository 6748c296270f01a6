using System.Text.RegularExpressions;

namespace RadiogenomicsCloud.Imaging.Structures;

/// <summary>
/// A name as settings give it: exact after trimming (ordinal), or <c>/regular expression/</c> that must be found in the name (culture
/// invariant, at most a second a name).
/// </summary>
internal sealed class NamePattern
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    private readonly string _text;
    private readonly Regex? _expression;

    /// <exception cref="BadInputException"><c>roi.pattern</c>: not a regular expression.</exception>
    public NamePattern(string text)
    {
        _text = text.Trim();
        if (_text.Length < 2 || _text[0] != '/' || _text[^1] != '/')
            return;
        try
        {
            _expression = new Regex(_text[1..^1], RegexOptions.CultureInvariant, Timeout);
        }
        catch (ArgumentException e)
        {
            throw new BadInputException("roi.pattern",
                $"{_text} is not a regular expression ({e.Message}); correct it in the settings.", _text, e);
        }
    }

    public bool Matches(string name)
    {
        if (_expression is null)
            return string.Equals(name.Trim(), _text, StringComparison.Ordinal);
        try
        {
            return _expression.IsMatch(name);
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new BadInputException("roi.pattern",
                $"{_text} takes more than a second to match a name; simplify it in the settings.", _text, e);
        }
    }

    public override string ToString() => _expression is null ? $"'{_text}'" : _text;
}
