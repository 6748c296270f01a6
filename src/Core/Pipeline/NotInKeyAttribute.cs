namespace RadiogenomicsCloud.Pipeline;

/// <summary>
/// Marks a property of a step's input that the output does not depend on, for example where a file lies. It is left out of the step's key.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotInKeyAttribute : Attribute;
